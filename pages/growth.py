"""growth"""

from kub.ui import page

p = page.begin("growth")
