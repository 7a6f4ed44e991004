"""The third step of a chain: Choose; and the dependence of a party on subsidy."""
