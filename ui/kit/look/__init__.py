"""How everything appears: colours, fonts, icons, the style sheet, light and dark."""
