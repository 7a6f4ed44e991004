"""CHOOSE: which developments deserve to go on, under uncertainty, and who lives on subsidy."""
