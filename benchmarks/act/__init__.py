"""W3C's test cases for ACT rules: how consistent the product is with them, beside axe-core alone."""
