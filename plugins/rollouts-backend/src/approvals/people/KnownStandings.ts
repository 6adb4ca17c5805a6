import type { Clock } from '@progressive-delivery/kube';
import { RecentlyUsed } from '../../view/RecentlyUsed';
import type { Directory, Standing } from './Directory';

/** A group that was joined or left shows so much later; votes ask the catalog itself. */
const KEPT_MILLISECONDS = 30_000;

/** What people are, for showing: who could decide. */
export class KnownStandings {
  readonly #known = new RecentlyUsed<
    string,
    { at: number; standing: Promise<Standing> }
  >(1_000);

  constructor(
    private readonly directory: Pick<Directory, 'standing'>,
    private readonly clock: Pick<Clock, 'monotonic'>,
  ) {}

  /** @throws when the catalog does not answer */
  async of(userRef: string): Promise<Standing> {
    const now = this.clock.monotonic();
    const known = this.#known.get(userRef);
    if (known && now - known.at < KEPT_MILLISECONDS) {
      return known.standing;
    }
    const standing = this.directory.standing(userRef);
    this.#known.set(userRef, { at: now, standing });
    try {
      return await standing;
    } catch (error) {
      this.#known.delete(userRef);
      throw error;
    }
  }
}
