// Keys for the buttons of the screening queue. Everything works without this file: the buttons are buttons of a form.
const keys = new Map([...document.querySelectorAll('[data-key]')].map(button => [button.dataset.key, button]));
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  // Letters typed into a field are letters.
  if (event.target.closest('input, textarea, select')) return;
  const button = keys.get(event.key.toLowerCase());
  if (!button) return;
  event.preventDefault();
  // A second press before the next page is there must not judge it unread.
  keys.clear();
  button.click();
});
// The hint stands only where there is something to judge.
document.getElementById('keys')?.removeAttribute('hidden');
