/** What Postman gives to scripts. It publishes no types for it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
declare const pm: any;
