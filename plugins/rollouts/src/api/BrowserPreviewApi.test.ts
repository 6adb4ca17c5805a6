import { generateRollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { BrowserPreviewApi } from './BrowserPreviewApi';

const { files } = generateRollout({
  name: 'shop',
  image: 'example.org/shop:1.0.0',
});

describe('the preview in the browser', () => {
  const api = new BrowserPreviewApi();

  it('gives the future of the rollout in the files', async () => {
    const { outcome, samples } = await api.simulate(files);
    expect(outcome.kind).toBe('promoted');
    expect(samples.at(-1)?.share).toBe(100);
    await expect(api.simulate(files, { failAtStep: 1 })).resolves.toMatchObject(
      { outcome: { kind: 'aborted' } },
    );
  });

  it('says what the linter finds, and where', async () => {
    await expect(api.lint(files)).resolves.toEqual([]);
    const broken = files.map(file => ({
      ...file,
      text: file.text.replace(/setWeight: \d+/, 'setWeight: 101'),
    }));
    const [finding] = await api.lint(broken);
    expect(finding).toMatchObject({ severity: 'error', file: 'rollout.yaml' });
    expect(finding?.line).toBeGreaterThan(1);
  });

  it('says what it cannot see a future of', async () => {
    await expect(
      api.simulate([{ name: 'a.yaml', text: 'kind: Nothing' }]),
    ).rejects.toThrow();
  });
});
