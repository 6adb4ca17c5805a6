import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { stateHistory } from '../__fixtures__/historyStates';
import { DefaultHistoryApi } from './DefaultHistoryApi';

const BASE = 'http://localhost/api/rollouts';
const server = setupServer();
registerMswTestHooks(server);

const api = DefaultHistoryApi.create({
  discoveryApi: { getBaseUrl: async () => BASE },
  // `fetch` is looked up at each call: the test server replaces it.
  fetchApi: { fetch: async (input, init) => fetch(input, init) },
});

describe('DefaultHistoryApi', () => {
  it('asks for a page with the filter, each outcome by itself', async () => {
    const page = await stateHistory('history', 0).listReleases({});
    let asked = '';
    server.use(
      http.get(`${BASE}/v1/history/releases`, ({ request }) => {
        asked = decodeURIComponent(new URL(request.url).search);
        return HttpResponse.json(page);
      }),
    );

    await expect(
      api.listReleases(
        { entity: 'component:default/colors', outcome: ['aborted', 'deleted'] },
        { limit: 25, cursor: 'c' },
      ),
    ).resolves.toEqual(JSON.parse(JSON.stringify(page)));
    expect(asked).toBe(
      '?entity=component:default/colors&outcome=aborted&outcome=deleted&limit=25&cursor=c',
    );
  });

  it('hands an export out as a file', async () => {
    server.use(
      http.get(
        `${BASE}/v1/history/export`,
        () =>
          new HttpResponse('id\n1\n', {
            headers: { 'Content-Type': 'text/csv' },
          }),
      ),
    );

    const file = await api.exportReleases({ image: 'red' }, 'csv');

    expect(file.size).toBe(5);
  });

  it('rejects with the status', async () => {
    server.use(
      http.get(`${BASE}/v1/history/releases/r1`, () =>
        HttpResponse.json(
          { error: { name: 'NotFoundError' } },
          { status: 404 },
        ),
      ),
    );

    await expect(api.getRelease('r1')).rejects.toMatchObject({
      statusCode: 404,
    });
  });
});
