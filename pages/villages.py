"""villages"""

from kub.ui import page

p = page.begin("villages")
