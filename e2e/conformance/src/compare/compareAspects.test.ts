import { type DocumentedDifference, compareAspects } from './compareAspects';

const lasting = (...values: string[]) =>
  values.map(value => ({ value, brief: false }));

const LAST_SHIFT: DocumentedDifference = {
  aspect: /^route$/,
  reason: 'shifts the last traffic by weight',
  onlyOurs: ['0/100'],
};

const ON_THE_WAY: DocumentedDifference = {
  aspect: /^route$/,
  reason: 'gives stable what its pods can serve',
  onlyOurs: ['50/50'],
};

function outcome(
  reference: string[],
  ours: string[],
  documented: DocumentedDifference[],
) {
  const [row] = compareAspects(
    '',
    { route: lasting(...reference) },
    { route: lasting(...ours) },
    documented,
  );
  return row?.reason ?? row?.outcome;
}

describe('an aspect that differs', () => {
  it('is explained by all that is documented and shows', () => {
    expect(
      outcome(['100/0'], ['100/0', '50/50', '0/100'], [LAST_SHIFT, ON_THE_WAY]),
    ).toBe(
      'shifts the last traffic by weight; gives stable what its pods can serve',
    );
  });

  it('is explained by some of it, where both show what another one allows', () => {
    expect(
      outcome(
        ['0/100', '100/0'],
        ['0/100', '50/50', '100/0'],
        [LAST_SHIFT, ON_THE_WAY],
      ),
    ).toBe('gives stable what its pods can serve');
  });

  it('is different where nothing explains the whole of it', () => {
    expect(
      outcome(['100/0'], ['100/0', '50/50', '7/93'], [LAST_SHIFT, ON_THE_WAY]),
    ).toBe('different');
  });

  it('is explained by values that stand for others', () => {
    const instead: DocumentedDifference = {
      aspect: /^route$/,
      reason: 'has one pod for the weight',
      instead: { reference: [], ours: ['50/50'] },
    };
    expect(
      outcome(
        ['100/0', '0/100'],
        ['100/0', '50/50', '0/100'],
        [LAST_SHIFT, instead],
      ),
    ).toBe('has one pod for the weight');
  });
});
