"""Settings of the handbook: ``make handbook`` builds it with Sphinx, and every warning is an error."""

project = "auditor"
author = "auditor"
language = "sv"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
html_theme = "alabaster"
html_title = "Handbok för auditor"
html_show_copyright = False
html_show_sourcelink = False
html_theme_options = {
    "description": "Granskar en kommuns webbplats så som föreningarna möter den",
    "fixed_sidebar": True,
    "page_width": "62rem",
    "body_max_width": "44rem",
    "font_family": "system-ui, sans-serif",
    "head_font_family": "system-ui, sans-serif",
    "gray_1": "#3d3d3d",
    "gray_2": "#f4f4f4",
    "gray_3": "#767676",
    "link": "#0b4f8a",
    "link_hover": "#08365f",
}
