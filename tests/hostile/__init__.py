"""Sites that misbehave, and what the product makes of them."""
