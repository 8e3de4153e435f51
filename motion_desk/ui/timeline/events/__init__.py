"""The events of a timeline, one below another, with their texts and the clock that plays them."""
