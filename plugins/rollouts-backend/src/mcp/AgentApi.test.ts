import { bodyOf } from './AgentApi';

const refused = (status: number, error: unknown) => () =>
  bodyOf({ error, response: new Response(null, { status }) });

describe('what an agent is told', () => {
  it('is the body of a good answer', () => {
    const data = { outcome: 'applied' };
    expect(bodyOf({ data, response: new Response() })).toBe(data);
  });

  it.each([
    [400, 'InputError'],
    [401, 'NotAllowedError'],
    [403, 'NotAllowedError'],
    [404, 'NotFoundError'],
    [409, 'ConflictError'],
    [429, 'ConflictError'],
    [423, 'ConflictError'],
    [413, 'InputError'],
    [503, 'ServiceUnavailableError'],
  ])('of an answer %i is an error of its kind: %s', (status, name) => {
    expect(refused(status, { error: { message: 'No.' } })).toThrow(
      expect.objectContaining({ name, message: 'No.' }),
    );
  });

  it('is the reason of a refusal, and what to do', () => {
    const refusal = { message: 'You may not.', remedy: 'Ask an owner.' };
    expect(refused(403, { error: { message: 'Forbidden' }, refusal })).toThrow(
      'You may not. Ask an owner.',
    );
  });

  it('is the status when nothing else is said, also of a good one without a body', () => {
    expect(refused(502, undefined)).toThrow('HTTP 502');
    expect(refused(200, undefined)).toThrow('HTTP 200');
  });
});
