/** What in a test would be a pointer, or puts the focus or a text where no key of a person led. */
export const POINTER =
  /\.(click|dblclick|hover|tap|check|uncheck|fill|focus|dragTo|selectOption|dispatchEvent|setInputFiles)\(|\.(mouse|touchscreen)\b/
