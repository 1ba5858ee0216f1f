from ui import blocks
page = blocks.open_page("home")
