/** Resolves after so many milliseconds. */
export function pauseFor(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
