import {
  colors,
  colorsGreen,
  actions,
  ownersAccess,
  readersAccess,
} from '../__fixtures__/rollout';
import {
  arrangeActions,
  emergencyActions,
  mayAsk,
  type ArrangedAction,
} from './arrangeActions';

const now = Date.parse('2026-11-23T12:00:00Z');
const names = (arranged: ArrangedAction[]) => arranged.map(a => a.action);

describe('arrangeActions', () => {
  it('shows the action most wanted and abort, the rest in a fixed order', () => {
    const rollout = colorsGreen(now, {
      actions: actions({ abort: {}, promote: { primary: true }, pause: {} }),
    });

    const { buttons, menu } = arrangeActions(rollout, ownersAccess);

    expect(names(buttons)).toEqual(['promote', 'abort']);
    expect(names(menu)).toEqual([
      'promote-full',
      'skip-step',
      'pause',
      'restart',
      'set-image',
      'undo',
      'retry',
    ]);
  });

  it('offers resume in the place of pause while paused', () => {
    const rollout = colors(now, {
      paused: true,
      actions: actions({ resume: {} }),
    });

    expect(names(arrangeActions(rollout, ownersAccess).menu)).toContain(
      'resume',
    );
  });

  it('keeps what a person may not do in place, with the reason of their rights first', () => {
    const rollout = colorsGreen(now, {
      actions: actions({ promote: { primary: true } }),
    });

    const { buttons, menu } = arrangeActions(rollout, readersAccess);

    expect(buttons[0]?.lock).toEqual({
      kind: 'notPermitted',
      text: 'colors-owners may do this; ask them.',
    });
    expect(menu.every(({ lock }) => lock?.kind === 'notPermitted')).toBe(true);
  });

  it('locks everything but abort while the data is stale', () => {
    const rollout = colorsGreen(now, {
      stale: { since: '2026-11-23T11:59:00Z', reason: 'refused' },
      actions: actions({ abort: {}, restart: {} }),
    });

    const { buttons, menu } = arrangeActions(rollout, ownersAccess);

    expect(buttons).toMatchObject([{ action: 'abort', lock: undefined }]);
    expect(menu.every(({ lock }) => lock?.kind === 'stale')).toBe(true);
  });

  it('offers to set an image at rest, and keeps it in the menu', () => {
    const { buttons, menu } = arrangeActions(colors(now), ownersAccess);

    expect(names(buttons)).toEqual(['set-image']);
    expect(names(menu)).toContain('set-image');
  });

  it('has no button at rest for those who may not set an image', () => {
    expect(arrangeActions(colors(now), readersAccess).buttons).toEqual([]);
  });
});

describe('gates', () => {
  const lock = {
    gate: 'approval' as const,
    name: 'two',
    reason: 'Two are needed.',
    remedy: 'Ask.',
    emergency: true,
  };
  const locked = (change: object = {}) =>
    arrangeActions(
      colorsGreen(now, {
        actions: actions({
          promote: { primary: true, locks: [{ ...lock, ...change }] },
          abort: {},
        }),
      }),
      ownersAccess,
    );
  const rights = {
    ...ownersAccess,
    'request-approval': { allowed: true },
    emergency: { allowed: true },
  };

  it('keep the locked action in place, with the reason', () => {
    const [promote, abort] = locked().buttons;

    expect(promote?.lock).toMatchObject({
      kind: 'gate',
      text: 'Two are needed.',
    });
    expect(abort?.lock).toBeUndefined();
  });

  it('keep the reasons of several apart', () => {
    const incident = { ...lock, gate: 'freeze' as const, reason: 'All stop' };
    const { buttons } = arrangeActions(
      colorsGreen(now, {
        actions: actions({
          promote: { primary: true, locks: [incident, lock] },
        }),
      }),
      ownersAccess,
    );
    expect(buttons[0]?.lock?.text).toBe('All stop. Two are needed.');
  });

  it('let ask once, who may, and not about a freeze', () => {
    const [promote] = locked().buttons;

    expect(mayAsk(promote!, rights)).toBe(true);
    expect(mayAsk(promote!, ownersAccess)).toBe(false);
    expect(mayAsk(locked({ requestId: 'q' }).buttons[0]!, rights)).toBe(false);
    expect(mayAsk(locked({ gate: 'freeze' }).buttons[0]!, rights)).toBe(false);
  });

  it('are passed in an emergency only where that is allowed', () => {
    expect(names(emergencyActions(locked(), rights))).toEqual(['promote']);
    expect(emergencyActions(locked(), ownersAccess)).toEqual([]);
    expect(emergencyActions(locked({ emergency: false }), rights)).toEqual([]);
  });

  it('leave the first place to Approve for who decides', () => {
    const rollout = colorsGreen(now, {
      actions: actions({
        promote: { primary: true, locks: [lock] },
        abort: {},
      }),
    });
    const { buttons, menu } = arrangeActions(rollout, ownersAccess, true);

    expect(names(buttons)).toEqual(['abort']);
    expect(names(menu)).toContain('promote');
  });
});
