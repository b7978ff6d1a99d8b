const [quote, backslash, openBracket, closeBracket, openBrace, closeBrace] = Buffer.from('"\\[]{}');

/** How deeply arrays and objects are nested in JSON text, valid or not, in UTF-8. */
export function nestingDepth(json: Buffer): number {
  let [depth, deepest, isText] = [0, 0, false];
  for (let index = 0; index < json.length; index += 1) {
    const byte = json[index];
    if (byte === backslash) index += 1;
    else if (byte === quote) isText = !isText;
    else if (isText) continue;
    else if (byte === openBracket || byte === openBrace) deepest = Math.max(deepest, (depth += 1));
    else if (byte === closeBracket || byte === closeBrace) depth -= 1;
  }
  return deepest;
}
