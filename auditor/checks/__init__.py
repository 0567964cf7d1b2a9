"""The checks that rule cards name: pure functions from artifacts to outcomes, a module per area."""
