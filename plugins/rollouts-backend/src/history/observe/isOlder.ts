/**
 * Whether an object is from before another version of it. Kubernetes has made
 * resource versions comparable, as whole numbers without a bound, for clients
 * that must put versions of one object in order (KEP-5504). Where they are no
 * numbers, nothing is said to be older.
 */
export function isOlder(
  version: string | undefined,
  than: string | undefined,
): boolean {
  if (!isNumber(version) || !isNumber(than)) {
    return false;
  }
  return BigInt(version) < BigInt(than);
}

function isNumber(version: string | undefined): version is string {
  return version !== undefined && /^\d{1,40}$/.test(version);
}
