import { Clock } from '../api/clock';
import { Database } from '../storage/database';
import { takeSnapshot } from '../storage/snapshot';
import { writeSnapshot } from './snapshotFile';

export interface SnapshotKeeperOptions {
  database: Database;
  clock: Clock;
  file: string;
  log: (message: string) => void;
}

/** Changes within this time are saved together, in milliseconds. */
const DELAY = 2000;

/**
 * Saves the cluster some time after it changed. A failure to save is logged
 * and tried again with the next change; the cluster goes on.
 */
export class SnapshotKeeper {
  private readonly unsubscribe: () => void;
  private cancel: (() => void) | undefined;
  private saved: number;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly options: SnapshotKeeperOptions) {
    this.saved = options.database.revision;
    this.unsubscribe = options.database.onWrite(() => this.schedule());
  }

  /** Saves what is not saved yet, and stops. */
  async stop(): Promise<void> {
    this.unsubscribe();
    this.cancel?.();
    await this.save();
  }

  private schedule(): void {
    this.cancel ??= this.options.clock.after(DELAY, () => {
      this.cancel = undefined;
      void this.save();
    });
  }

  private save(): Promise<void> {
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  private async write(): Promise<void> {
    const { database, file, log } = this.options;
    const { revision } = database;
    if (revision === this.saved) return;
    try {
      await writeSnapshot(file, takeSnapshot(database));
      this.saved = revision;
    } catch (error) {
      log(`the cluster could not be saved to ${file}: ${error}`);
    }
  }
}
