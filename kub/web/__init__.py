"""What the browser draws and with what: the blocks of a page, JavaScript, styles, the typeface."""
