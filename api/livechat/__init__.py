"""The livechat platform of somebody else: our conversation in theirs, and the way to a human."""
