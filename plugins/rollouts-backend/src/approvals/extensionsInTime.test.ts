import { ApprovalExtensions } from '@progressive-delivery/backstage-plugin-rollouts-node';
import { ManualClock } from '@progressive-delivery/kube';
import { extensionsInTime } from './extensionsInTime';

const change = {
  ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
  uid: 'u1',
  images: [],
  annotations: {},
};

function extend(answer: () => Promise<never[]>) {
  const clock = new ManualClock();
  const extensions = new ApprovalExtensions();
  extensions.addPolicySource({ title: 'the calendar', list: answer });
  extensions.addDelegates({ title: 'the pager', representedBy: answer });
  extensions.addChangeAuthors({ title: 'the forge', authorsOf: answer });
  const { sources, delegates, authors } = extensionsInTime(extensions, clock);
  return {
    clock,
    ask: [
      () => sources[0]?.list(),
      () => delegates[0]?.representedBy('user:default/ada'),
      () => authors[0]?.authorsOf(change),
    ],
    titles: [...sources, ...delegates, ...authors].map(({ title }) => title),
  };
}

describe('what modules add to approvals', () => {
  it('keeps its title and gives its answer', async () => {
    const { ask, titles } = extend(async () => []);
    expect(titles).toEqual(['the calendar', 'the pager', 'the forge']);
    await expect(Promise.all(ask.map(each => each()))).resolves.toEqual([
      [],
      [],
      [],
    ]);
  });

  it.each([
    [0, 'the calendar'],
    [1, 'the pager'],
    [2, 'the forge'],
  ])('fails when it never answers (%i)', async (index, title) => {
    const { clock, ask } = extend(() => new Promise(() => {}));
    const answer = ask[index]?.();
    clock.advance(10_000);
    await expect(answer).rejects.toThrow(`${title} did not answer within 10 s`);
  });
});
