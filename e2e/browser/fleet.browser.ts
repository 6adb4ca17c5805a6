import { expect, test } from '@playwright/test';
import { RolloutPage } from './pages/RolloutPage';
import { signIn } from './pages/signIn';
import { runningPortal } from './portal/runningPortal';

test('from the fleet to a rollout that waits for me, and on', async ({
  page,
}, info) => {
  const picture = async (name: string) =>
    page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true });
  await signIn(page, 'Ada');
  const colors = new RolloutPage(page, 'colors');
  await colors.openTab();
  await colors.expectPhase('Healthy');
  await colors.setImage('demo/colors:yellow');
  await colors.expectPhase('Paused');

  await test.step('the fleet says that it waits for me', async () => {
    await page
      .getByTestId('sidebar-root')
      .getByRole('link', { name: 'Rollouts' })
      .click();
    const waiting = page.getByRole('region', { name: 'Waits for you' });
    await expect(waiting.getByRole('link', { name: 'colors' })).toBeVisible();
    const grid = page.getByRole('grid', { name: 'Rollouts of all clusters' });
    await expect(grid.getByRole('link', { name: 'colors' })).toBeVisible();
    await expect(grid).toHaveAttribute('aria-rowcount', /[3-9]/);
    await picture('fleet');
  });

  await test.step('a filter is in the URL, and another who opens it sees the same', async () => {
    await page.getByRole('button', { name: /Paused/ }).click();
    await expect(page).toHaveURL(/state=Paused/);
    await page.reload();
    await expect(
      page.getByRole('button', { name: /Paused/, pressed: true }),
    ).toBeVisible();
    const grid = page.getByRole('grid');
    await expect(grid.getByRole('link', { name: 'colors' })).toBeVisible();
    await expect(grid.getByRole('link', { name: 'search' })).toBeHidden();
  });

  await test.step('the row leads to the rollout, which goes on', async () => {
    await page.getByRole('grid').getByRole('link', { name: 'colors' }).click();
    await expect(page).toHaveURL(
      /\/catalog\/default\/component\/colors\/rollouts/,
    );
    await colors.act(/^Promote to 40 %$/);
    await colors.expectPhase('Healthy', 90_000);
  });

  await test.step('then nothing waits for me there', async () => {
    await page.goto(`${runningPortal().address}/rollouts`);
    const waiting = page.getByRole('region', { name: 'Waits for you' });
    await expect(waiting).toBeVisible();
    await expect(waiting.getByRole('link', { name: 'colors' })).toBeHidden();
  });

  // As the other tests expect to find it.
  await colors.openTab();
  await colors.setImage('demo/colors:green');
  await colors.act(/^Promote to 40 %$/);
  await colors.expectPhase('Healthy', 90_000);
});
