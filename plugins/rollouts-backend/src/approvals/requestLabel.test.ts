import { requestLabel } from './requestLabel';

const detail = {
  actions: [
    {
      action: 'undo' as const,
      label: 'Undo to revision 3 (red)',
      applicable: true,
    },
    { action: 'set-image' as const, label: 'Set image', applicable: true },
  ],
  revisions: [
    {
      revision: 2,
      images: [{ container: 'app', image: 'demo/colors:blue' }],
    },
  ],
} as unknown as Parameters<typeof requestLabel>[1];

describe('what a request asks for, in words', () => {
  it('names the images', () => {
    const images = [{ container: 'app', image: 'demo/colors:red' }];

    expect(requestLabel({ action: 'set-image', images }, detail)).toBe(
      'Set image: app = demo/colors:red',
    );
  });

  it('names the revision that was chosen, not the one that is offered', () => {
    expect(requestLabel({ action: 'undo', toRevision: 2 }, detail)).toBe(
      'Undo to revision 2 (blue)',
    );
  });

  it('names a revision of which nothing is known by its number', () => {
    expect(requestLabel({ action: 'undo', toRevision: 9 }, detail)).toBe(
      'Undo to revision 9',
    );
  });

  it('says what is offered where nothing was chosen', () => {
    expect(requestLabel({ action: 'undo' }, detail)).toBe(
      'Undo to revision 3 (red)',
    );
  });
});
