// node judge.mjs '{"pages": [{"address": "…", "skip": ["is-crawlable"]}], "categories": ["seo"], "flags": []}'
// Prints what Lighthouse found on each page as on a telephone, one line of JSON a page. One browser for all of them.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const { pages, categories, flags } = JSON.parse(process.argv[2]);

const brief = ({ categories, audits }) => ({
  scores: Object.fromEntries(Object.values(categories).map(({ id, score }) => [id, Math.round(score * 100)])),
  lost: Object.values(categories).flatMap(({ auditRefs }) =>
    auditRefs.filter(({ id, weight }) => weight && audits[id].score !== null && audits[id].score < 1).map(({ id }) => id),
  ),
});

const chrome = await launch({ chromeFlags: flags });
try {
  for (const { address, skip } of pages) {
    const settings = { onlyCategories: categories, skipAudits: skip, disableFullPageScreenshot: true };
    const where = { port: chrome.port, logLevel: "error" };
    const { lhr } = await lighthouse(address, where, { extends: "lighthouse:default", settings });
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    console.log(JSON.stringify(brief(lhr)));
  }
} finally {
  chrome.kill();
}
