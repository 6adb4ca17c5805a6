import { barredBy, shortestValidity } from './strictest';

const ADA = 'user:default/ada';
const OLIVIA = 'user:default/olivia';
const LAX = { requesterMayApprove: true, authorMayApprove: true };

describe('several policies', () => {
  it.each([
    ['nobody, when all allow it', [LAX, LAX], []],
    [
      'who asked, when one of them does',
      [LAX, { ...LAX, requesterMayApprove: false }],
      [{ person: ADA, role: 'requester' }],
    ],
    [
      'who made the change, when one of them does',
      [LAX, { ...LAX, authorMayApprove: false }],
      [{ person: OLIVIA, role: 'author' }],
    ],
    [
      'both, when one bars the one and one the other',
      [
        { requesterMayApprove: false, authorMayApprove: true },
        { requesterMayApprove: true, authorMayApprove: false },
      ],
      [
        { person: ADA, role: 'requester' },
        { person: OLIVIA, role: 'author' },
      ],
    ],
  ] as const)('bar %s', (_, policies, barred) => {
    expect(barredBy(policies, ADA, [OLIVIA])).toEqual(barred);
  });

  it('bar who asks for a change of their own, once, as who asked', () => {
    expect(barredBy([{ ...LAX, authorMayApprove: false }], ADA, [ADA])).toEqual(
      [{ person: ADA, role: 'requester' }],
    );
  });

  it('grant as long as the shortest of them', () => {
    expect(
      shortestValidity([
        { validityMilliseconds: 60_000 },
        { validityMilliseconds: 1_000 },
      ]),
    ).toBe(1_000);
  });
});
