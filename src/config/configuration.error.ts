/** The configuration cannot work. `mistakes` has one line each: the variable, the cause and a value that would work. */
export class ConfigurationError extends Error {
  constructor(readonly mistakes: string[]) {
    super(['The configuration cannot work:', ...mistakes.map((mistake) => `  - ${mistake}`)].join('\n'));
  }
}
