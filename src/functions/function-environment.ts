/** The server's own settings, keys among them, are none of a function's business. */
const OWN = /^ORRERY_/;

/** The environment that functions run in. */
export function functionEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN.test(name)));
}
