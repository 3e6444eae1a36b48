"""method"""

from kub.ui import page

p = page.begin("method")
