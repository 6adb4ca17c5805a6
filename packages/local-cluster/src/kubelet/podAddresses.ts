/**
 * Addresses of pods, out of 10.244.0.0/16. A pod keeps the address that its
 * status shows; a new one gets the next that is free.
 */
export class PodAddresses {
  private readonly byUid = new Map<string, string>();
  private readonly taken = new Set<string>();
  private next = 1;

  /** @param shown - `status.podIP`, if the pod has one already */
  of(uid: string, shown: string | undefined): string {
    const known = this.byUid.get(uid);
    if (known) return known;
    const address = shown ?? this.free();
    this.byUid.set(uid, address);
    this.taken.add(address);
    return address;
  }

  release(uid: string): void {
    const address = this.byUid.get(uid);
    if (!address) return;
    this.byUid.delete(uid);
    this.taken.delete(address);
  }

  private free(): string {
    for (;;) {
      const number = this.next;
      this.next = (this.next % 65_533) + 1;
      const address = `10.244.${number >> 8}.${number & 255}`;
      if (!this.taken.has(address)) return address;
    }
  }
}
