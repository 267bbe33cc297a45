/*
 * <page-fragment data-regions="results count"> around GET forms and links: instead of loading the whole
 * page it fetches it and takes over the named regions. Without JavaScript nothing is lost.
 */
customElements.define(
  'page-fragment',
  class extends HTMLElement {
    connectedCallback() {
      this.onclick = (event) => {
        const link = event.target.closest('a')
        // Another view of this page, and not to be opened in a new tab.
        if (link?.pathname == location.pathname && !event.ctrlKey && !event.metaKey)
          this.show(event, link.href)
      }
      this.onsubmit = (event) => {
        const form = event.target
        const query = new URLSearchParams(new FormData(form, event.submitter))
        if (form.method == 'get') this.show(event, form.action.split('?')[0] + '?' + query)
      }
    }

    async show(event, url) {
      event.preventDefault()
      this.last = url
      try {
        const answer = await fetch(url)
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
        // Only the last of several quick requests counts.
        if (this.last == url)
          for (const id of this.dataset.regions.split(' ')) {
            const region = document.getElementById(id)
            // The link that was followed goes with the old content.
            if (region.matches(':focus-within')) region.focus()
            region.replaceChildren(...page.getElementById(id).childNodes)
            history.replaceState(0, '', answer.url)
          }
      } catch {
        location = url
      }
    }
  },
)
