"""ACT: initiatives, actions, owners and milestones; are we on course?"""
