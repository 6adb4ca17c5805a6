import { ApiError } from '../api/apiError';
import { jsonPatch } from './jsonPatch';

const live = { spec: { replicas: 3, paused: true } };

function refusalOf(...operations: unknown[]): ApiError {
  try {
    jsonPatch(live, operations);
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('jsonPatch', () => {
  it('makes another object, and leaves the one it patches as it was', () => {
    const patched = jsonPatch(live, [
      { op: 'test', path: '/spec/replicas', value: 3 },
      { op: 'replace', path: '/spec/replicas', value: 5 },
      { op: 'remove', path: '/spec/paused' },
    ]);

    expect(patched).toEqual({ spec: { replicas: 5 } });
    expect(live).toEqual({ spec: { replicas: 3, paused: true } });
  });

  // RFC 6902, sections 4 and 5: an operation that fails ends the whole patch.
  it.each([
    ['replaces what is not there', { op: 'replace', value: 1 }],
    ['removes what is not there', { op: 'remove' }],
    ['tests for another value', { op: 'test', value: 4 }],
    ['is none of the six', { op: 'merge', value: {} }],
  ])('refuses an operation that %s, and says so', (_, operation) => {
    const path = operation.op === 'test' ? '/spec/replicas' : '/spec/template';

    expect(
      refusalOf(
        { op: 'replace', path: '/spec/replicas', value: 3 },
        { path, ...operation },
      ),
    ).toMatchObject({
      code: 422,
      reason: 'Invalid',
      message: expect.stringMatching(
        /^the server rejected our request due to an error in our request: \S/,
      ),
    });
  });

  it.each([
    ['no list', {}],
    ['a list with something that is no operation', ['replace']],
    ['a list with nothing in it', [null]],
  ])('refuses %s as malformed', (_, patch) => {
    expect(() => jsonPatch(live, patch)).toThrow(
      expect.objectContaining({ code: 400 }),
    );
  });
});
