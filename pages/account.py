"""Akun saya: who one is and what one may do; logging in and out."""

from kub.ui import account, page


def show(p: page.Page) -> None:
    account.show(p)


show(page.begin("account"))
