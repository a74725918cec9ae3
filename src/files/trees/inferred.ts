/** Choices that the vendor's documentation leaves open. */

/** How far ahead of the bytes before it a write may come, in bytes that wait: clients have several under way. */
export const REORDERED_BYTES = 8 * 1024 * 1024;

/**
 * Whether a file opened to be written without TRUNCATE is taken for a new one where storage knows only whole objects:
 * clients differ in whether they send it. A write that begins elsewhere than at 0 is refused all the same.
 */
export const OPENS_WHOLE_WITHOUT_TRUNCATE = true;
