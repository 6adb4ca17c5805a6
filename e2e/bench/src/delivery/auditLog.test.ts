import { countWrites, total } from './auditLog';

function request(
  userAgent: string,
  verb: string,
  resource: string,
  more: object = {},
) {
  return JSON.stringify({
    userAgent,
    verb,
    objectRef: { resource, ...more },
    responseStatus: { code: 200 },
  });
}

describe('writes in an audit log', () => {
  it('are counted by resource, subresource and verb, for one client', () => {
    const counts = countWrites(
      [
        request('ours/1', 'patch', 'rollouts', { subresource: 'status' }),
        request('ours/1', 'patch', 'rollouts', { subresource: 'status' }),
        request('ours/1', 'create', 'events'),
        request('other/1', 'create', 'events'),
        '',
      ],
      'ours',
    );
    expect(counts).toEqual({ 'rollouts/status patch': 2, 'events create': 1 });
    expect(total(counts)).toBe(3);
  });

  it('that were refused are told apart', () => {
    const refused = JSON.stringify({
      userAgent: 'ours',
      verb: 'update',
      objectRef: { resource: 'rollouts' },
      responseStatus: { code: 409 },
    });
    expect(countWrites([refused], 'ours')).toEqual({ refused: 1 });
  });
});
