/** Sets a field of JSON-like data, whatever its name is. */
export function setOwn(
  target: Record<string, unknown>,
  key: string,
  value: unknown,
): void {
  if (key !== '__proto__') {
    target[key] = value;
    return;
  }
  // Assigning to this name would set the prototype.
  Object.defineProperty(target, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
