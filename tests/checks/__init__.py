"""Tests of checks that examples of cards cannot show."""
