import { watch, type FSWatcher } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
} from '@backstage/catalog-model';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { parse } from 'yaml';

const FILE = 'catalog-info.yaml';

/** Brings the services that people made in the demo into the catalog, at once. */
export class DemoServicesProvider implements EntityProvider {
  #connection?: EntityProviderConnection;
  #watcher?: FSWatcher;
  /** One look at a time; another is taken when something changed meanwhile. */
  #looking?: Promise<void>;
  #again = false;

  constructor(
    private readonly directory: string,
    private readonly logger: LoggerService,
  ) {}

  getProviderName(): string {
    return 'demo-services';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await mkdir(this.directory, { recursive: true });
    this.#watcher = watch(this.directory, { recursive: true }, () => {
      void this.look();
    });
    await this.look();
  }

  stop(): void {
    this.#watcher?.close();
  }

  /** Hands the catalog what is there now. */
  look(): Promise<void> {
    if (this.#looking) {
      this.#again = true;
      return this.#looking;
    }
    this.#looking = this.apply().finally(() => {
      this.#looking = undefined;
      if (!this.#again) return;
      this.#again = false;
      void this.look();
    });
    return this.#looking;
  }

  private async apply(): Promise<void> {
    try {
      const folders = await readdir(this.directory, { withFileTypes: true });
      const found = await Promise.all(
        folders
          .filter(each => each.isDirectory())
          .map(each => this.read(each.name)),
      );
      await this.#connection?.applyMutation({
        type: 'full',
        entities: found.flat().map(entity => ({ entity })),
      });
    } catch (error) {
      this.logger.warn(`The demo's services could not be read: ${error}`);
    }
  }

  private async read(folder: string): Promise<Entity[]> {
    const path = join(this.directory, folder, FILE);
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      // Its files are still being written.
      if ((error as { code?: string }).code === 'ENOENT') return [];
      throw error;
    }
    const entity = parse(text) as Entity | null;
    if (!entity?.metadata) return [];
    const location = `file:${path}`;
    const { annotations } = entity.metadata;
    return [
      {
        ...entity,
        metadata: {
          ...entity.metadata,
          annotations: {
            ...annotations,
            [ANNOTATION_LOCATION]: location,
            [ANNOTATION_ORIGIN_LOCATION]: location,
          },
        },
      },
    ];
  }
}
