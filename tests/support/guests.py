"""Guests with figures of their own."""

from dataclasses import replace
from datetime import date

from kub.guests import Guest

CILEGON = Guest("36.72", "Kota Cilegon", 480_000, 2024, 43, date(2025, 12, 31), 45, 600, 20)
KENDAL = replace(CILEGON, regency_code="33.24", regency="Kabupaten Kendal")
