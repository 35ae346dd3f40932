"""What all registers share: fields that describe themselves once, and what follows from them."""
