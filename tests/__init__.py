"""The tests mirror the folders of alliances/; contracts/ holds the rules of the whole house."""
