import type {
  MeasuresResponse,
  Release,
  ReleaseComparison,
  ReleasePage,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { backendClient, type Backend } from './backendClient';
import type { ExportFormat, HistoryApi, ReleaseFilter } from './HistoryApi';
import { answered } from './answered';

/** Talks to the history of the `rollouts` backend plugin. @public */
export class DefaultHistoryApi implements HistoryApi {
  private readonly backend: Backend;

  private constructor(backend: Backend) {
    this.backend = backend;
  }

  static create(backend: Backend): DefaultHistoryApi {
    return new DefaultHistoryApi(backend);
  }

  async listReleases(
    filter: ReleaseFilter,
    options: { limit?: number; cursor?: string; signal?: AbortSignal } = {},
  ): Promise<ReleasePage> {
    const { limit, cursor, signal } = options;
    const client = await backendClient(this.backend);
    return answered(
      await client.request('get', '/v1/history/releases', {
        params: { query: { ...filter, limit, cursor } },
        signal,
      }),
    );
  }

  async getRelease(
    id: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<Release> {
    const client = await backendClient(this.backend);
    return answered(
      await client.request('get', '/v1/history/releases/{id}', {
        params: { path: { id } },
        signal: options.signal,
      }),
    );
  }

  async compareReleases(
    from: string,
    to: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<ReleaseComparison> {
    const client = await backendClient(this.backend);
    return answered(
      await client.request('get', '/v1/history/comparison', {
        params: { query: { from, to } },
        signal: options.signal,
      }),
    );
  }

  async getMeasures(
    { entity, from, to }: Pick<ReleaseFilter, 'entity' | 'from' | 'to'>,
    options: { signal?: AbortSignal } = {},
  ): Promise<MeasuresResponse> {
    const client = await backendClient(this.backend);
    return answered(
      await client.request('get', '/v1/history/measures', {
        params: { query: { entity, from, to } },
        signal: options.signal,
      }),
    );
  }

  async exportReleases(
    filter: ReleaseFilter,
    format: ExportFormat,
  ): Promise<Blob> {
    const client = await backendClient(this.backend);
    return answered(
      await client.request('get', '/v1/history/export', {
        params: { query: { ...filter, format } },
        parseAs: 'blob',
      }),
    );
  }
}
