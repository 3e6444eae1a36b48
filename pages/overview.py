"""overview"""

from kub.ui import page

p = page.begin("overview")
