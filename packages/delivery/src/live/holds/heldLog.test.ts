import { HeldLog } from './heldLog';

const COLORS = { namespace: 'demo', name: 'colors', uid: 'a' };
const SEARCH = { namespace: 'demo', name: 'search', uid: 'b' };

describe('HeldLog', () => {
  const info = jest.fn();
  const log = new HeldLog({
    info,
    debug: jest.fn(),
    warn: jest.fn(),
    error: jest.fn(),
  });
  beforeEach(() => {
    info.mockClear();
    log.forget('a');
    log.forget('b');
  });

  it('says once of each rollout what holds it', () => {
    log.see(COLORS, 'the pause is over, but …');
    log.see(SEARCH, 'the pause is over, but …');
    log.see(COLORS, 'the pause is over, but …');
    expect(info.mock.calls).toEqual([
      ['the pause is over, but …', { namespace: 'demo', rollout: 'colors' }],
      ['the pause is over, but …', { namespace: 'demo', rollout: 'search' }],
    ]);
  });

  it('says it again when it is another hold, or held again', () => {
    for (const held of ['one', 'two', undefined, 'two']) {
      log.see(COLORS, held);
    }
    expect(info.mock.calls.map(([text]) => text)).toEqual([
      'one',
      'two',
      'two',
    ]);
  });
});
