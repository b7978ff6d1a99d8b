/** In Unicode code points. */
export const maxStringLength = 200;
export const maxTextLength = 10_000;

/** In bytes: a text of the largest length, with room for what JSON escapes. */
export const bytesPerText = 65_536;

/** As this code writes it: 10_000. @param {number} value */
export const withSeparators = (value) => value.toLocaleString('en').replaceAll(',', '_');
