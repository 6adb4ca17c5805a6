/**
 * Fills `${name}` in a file of the demo.
 * @throws Error naming a placeholder that has no value: a file with a typo
 * would otherwise be applied as it is.
 */
export function renderTemplate(
  text: string,
  values: Record<string, string>,
): string {
  return text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) {
      throw new Error(
        `There is no value for \${${name}}; known are ${Object.keys(values).join(', ')}`,
      );
    }
    return value;
  });
}
