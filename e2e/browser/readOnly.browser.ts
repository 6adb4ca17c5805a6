import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { RolloutPage } from './pages/RolloutPage';
import { signIn } from './pages/signIn';
import { runningPortal } from './portal/runningPortal';

test('who may only look sees why, and the API refuses too', async ({
  page,
  request,
}) => {
  const { address, cluster } = runningPortal();
  await signIn(page, 'Grace');
  const colors = new RolloutPage(page, 'colors');
  await colors.openTab();

  await colors.actions
    .getByRole('button', { name: 'More actions for colors' })
    .click();
  const items = page.getByRole('menuitem');
  await expect(items.first()).toBeVisible();
  for (const item of await items.all()) {
    await expect(item).toHaveAttribute('aria-disabled', 'true');
    expect((await item.innerText()).split('\n').length).toBeGreaterThan(1);
  }

  const session = await request.get(`${address}/api/auth/demo/refresh`, {
    headers: { 'x-demo-user': 'grace' },
  });
  const { token } = (await session.json()).backstageIdentity;
  const headers = { Authorization: `Bearer ${token}` };
  const path = `${address}/api/rollouts/v1/rollouts/${cluster}/demo/colors`;
  const seen = (await (await request.get(path, { headers })).json()).rollout;
  const answer = await request.post(`${path}/actions/set-image`, {
    headers,
    data: {
      idempotencyKey: randomUUID(),
      seen: { uid: seen.uid, generation: seen.generation },
      images: [{ container: 'colors', image: 'demo/colors:red' }],
    },
  });
  expect(answer.status()).toBe(403);
});

test('nobody acts without a name', async ({ request }) => {
  const { address, cluster } = runningPortal();
  const answer = await request.post(
    `${address}/api/rollouts/v1/rollouts/${cluster}/demo/colors/actions/abort`,
    { data: {} },
  );
  expect(answer.status()).toBe(401);
});
