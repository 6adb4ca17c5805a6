/**
 * How a sentence calls somebody: `ada` of `user:default/ada`. Who is of another
 * namespace or kind keeps that before the name, so that two never look alike.
 */
export function personName(ref: string): string {
  return ref.replace(/^user:(default\/)?/, '');
}
