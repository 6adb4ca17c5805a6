import { DefaultFleetApi } from './DefaultFleetApi';

function streamOf(text: string) {
  const api = DefaultFleetApi.create({
    discoveryApi: { getBaseUrl: async () => 'http://portal/api/rollouts' },
    fetchApi: { fetch: async () => new Response(text) },
  });
  return api.streamFleet({ signal: new AbortController().signal });
}

describe('the stream of the fleet', () => {
  it('has every event of this version, and passes over those of a newer server', async () => {
    const types = [
      'reload',
      'rows',
      'removed',
      'clusters',
      'waiting',
      'freezes',
      'heartbeat',
    ];
    const sent = [...types, 'newer', 'constructor'].map(
      (type, at) => `event: ${type}\nid: ${at}\ndata: {}\n\n`,
    );
    const heard: string[] = [];
    for await (const { event } of streamOf(sent.join(''))) {
      heard.push(event.type);
    }
    expect(heard).toEqual(types);
  });
});
