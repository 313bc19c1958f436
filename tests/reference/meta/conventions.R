# What reference.R does not reach: every rule for zero cells with every rule for double-zero studies, Mantel-Haenszel and Peto under each of them, other amounts added,
# corrections and variances of the standardised mean difference, predictors of Egger's test, sides of trim and fill, levels, where I2 comes from, the n behind Freeman and Tukey,
# on sets with zero cells and on made sets at the edge (one-sided tables, full groups, identical effects).
# Writes conventions.requests.ndjson and conventions.expected.ndjson.
# Run: Rscript conventions.R   (R 4.2.2, metafor 3.8-1, metadat 1.2-0 made the files that are stored here)
suppressMessages(library(metafor)); options(warn = -1)
requests <- character(); expected <- character()
num <- function(x) ifelse(is.na(x) | is.nan(x) | is.infinite(x), "null", formatC(x, digits = 15, format = "g", width = 1))
arr <- function(x) paste0("[", paste(num(x), collapse = ","), "]")
q <- function(s) paste0('"', s, '"')
obj <- function(...) { v <- list(...); v <- v[!sapply(v, is.null)]; paste0("{", paste0(q(names(v)), ":", unlist(v), collapse = ","), "}") }
rows <- function(d) paste0("[", paste(apply(d, 1, function(r) paste0("{", paste0(q(names(d)), ":", num(as.numeric(r)), collapse = ","), "}")), collapse = ","), "]")
put <- function(id, measure, method, data, options, result) {
  requests <<- c(requests, paste0('{"id":', q(id), ',"measure":', q(measure), ',"method":', q(method), ',"options":{', sub("^,", "", options), '},"data":', data, "}"))
  expected <<- c(expected, sub("{", paste0('{"id":', q(id), ","), result, fixed = TRUE))
}
tight <- list(threshold = 1e-12, maxiter = 10000, tol = 1e-13)
fit <- function(yi, vi, method, ...) rma(yi, vi, method = method, control = tight, ...)
# Heterogeneity needs two studies with an effect; with fewer, what metafor prints as 0 and 1 is left out.
values <- function(r, random) {
  k <- if (is.null(r$k.yi)) r$k else r$k.yi
  het <- k > 1 && is.finite(r$QE) && (is.null(r$k.pos) || is.na(r$k.pos) || r$k.pos > 1)
  obj(est = num(c(r$beta)), se = num(r$se), ci = if (is.na(r$se)) NULL else arr(c(r$ci.lb, r$ci.ub)), stat = num(r$zval), p = num(r$pval),
    Q = if (het) num(r$QE), Qp = if (het) num(r$QEp), I2 = if (het) num(r$I2), H2 = if (het) num(r$H2), tau2 = if (random && het) num(r$tau2))
}
tables <- function(id, d) {
  D <- rows(d)
  for (dz in c("default", "drop", "keep")) for (to in c("metafor", "revman", "if0all", "all", "none")) for (a in if (to == "none") 0.5 else c(0.5, 0.1)) {
    o <- paste0(if (dz != "default") paste0(',"double_zero":"', dz, '"'), ',"zero_cells":"', to, '"', if (a != 0.5) paste0(',"add":', a))
    for (ms in c("OR", "RR", "RD")) {
      drop <- if (dz == "default") ms != "RD" else dz == "drop"
      how <- switch(to, metafor = , revman = "only0", to)
      es <- escalc(ms, ai = ai, n1i = n1, ci = ci, n2i = n2, data = d, to = how, add = if (to == "none") 0 else a, drop00 = drop)
      es <- es[is.finite(es$yi) & is.finite(es$vi) & es$vi > 0, ]
      if (nrow(es) > 1 && to != "revman") for (m in if (a == 0.5) c("EE", "DL") else "EE") put(paste(id, ms, m, to, dz, a), ms, m, D, o, values(fit(es$yi, es$vi, m), m != "EE"))
      pooled <- switch(to, metafor = list(c(a, 0), c("only0", "none"), c(drop, dz == "drop")), none = list(c(0, 0), c("none", "none"), c(drop, drop)), list(c(a, a), c(how, how), c(drop, drop)))
      r <- try(rma.mh(ai = ai, n1i = n1, ci = ci, n2i = n2, data = d, measure = ms, add = pooled[[1]], to = pooled[[2]], drop00 = pooled[[3]]), silent = TRUE)
      if (!inherits(r, "try-error") && !is.na(r$se)) {
        put(paste(id, ms, "MH", to, dz, a), ms, "MH", D, o, values(r, FALSE))
      }
    }
    if (a == 0.5) {
      drop <- dz != "keep"
      pooled <- switch(to, metafor = list(c(0.5, 0), c("only0", "none"), c(drop, dz == "drop")), none = list(c(0, 0), c("none", "none"), c(drop, drop)), revman = list(c(0.5, 0.5), c("only0", "only0"), c(drop, drop)), list(c(0.5, 0.5), c(to, to), c(drop, drop)))
      r <- try(rma.peto(ai = ai, n1i = n1, ci = ci, n2i = n2, data = d, add = pooled[[1]], to = pooled[[2]], drop00 = pooled[[3]]), silent = TRUE)
      if (!inherits(r, "try-error") && !is.na(r$se)) put(paste(id, "OR Peto", to, dz), "OR", "PETO", D, o, values(r, FALSE))
    }
  }
  for (v in c("UB", "AV")) { es <- escalc("RD", ai = ai, n1i = n1, ci = ci, n2i = n2, data = d, vtype = v); es <- es[es$vi > 0, ]; put(paste(id, "RD", v), "RD", "DL", D, paste0(',"variance":"', tolower(v), '"'), values(fit(es$yi, es$vi, "DL"), TRUE)) }
  fp <- apply(d, 1, function(x) fisher.test(matrix(c(x[1], x[2] - x[1], x[3], x[4] - x[3]), 2))$p.value)
  put(paste(id, "fisher"), "RD", "EE", D, ',"fisher":true', obj(fisher_p = arr(fp)))
}
counts <- function(d) data.frame(ai = d$ai, n1 = d$n1i, ci = d$ci, n2 = d$n2i)
tables("hahn2001 zero", counts(dat.hahn2001))
tables("anand1999 zero", counts(dat.anand1999)[1:14, ])
tables("mixed zero", data.frame(ai = c(0, 0, 5, 3), n1 = c(10, 20, 5, 30), ci = c(0, 2, 5, 3), n2 = c(12, 18, 5, 30)))
tables("onesided zero", data.frame(ai = c(2, 3, 1), n1 = c(10, 11, 12), ci = c(0, 0, 0), n2 = c(9, 10, 11)))
tables("full zero", data.frame(ai = c(10, 20), n1 = c(10, 20), ci = c(9, 18), n2 = c(12, 18)))
d <- with(dat.normand1999, data.frame(m1 = m1i, sd1 = sd1i, n1 = n1i, m2 = m2i, sd2 = sd2i, n2 = n2i)); D <- rows(d)
m <- d$n1 + d$n2 - 2; cohen <- (d$m1 - d$m2) / sqrt(((d$n1 - 1) * d$sd1^2 + (d$n2 - 1) * d$sd2^2) / m); g <- (1 - 3 / (4 * m - 1)) * cohen
put("normand1999 hedges none", "SMD", "REML", D, ',"hedges":"none"', values(fit(cohen, 1 / d$n1 + 1 / d$n2 + cohen^2 / (2 * (m + 2)), "REML"), TRUE))
put("normand1999 hedges approximate", "SMD", "DL", D, ',"hedges":"approximate"', values(fit(g, 1 / d$n1 + 1 / d$n2 + g^2 / (2 * (m + 2)), "DL"), TRUE))
put("normand1999 hedges revman", "SMD", "DL", D, ',"hedges":"approximate","variance":"revman"', values(fit(g, (m + 2) / (d$n1 * d$n2) + g^2 / (2 * (m + 2 - 3.94)), "DL"), TRUE))
y <- dat.raudenbush1985; d <- data.frame(yi = y$yi, vi = y$vi); D <- rows(d)
for (level in c(80, 90, 99)) for (h in c("z", "knha")) {
  r <- fit(d$yi, d$vi, "REML", test = h, level = level); c <- confint(r, control = list(tol = 1e-12, tau2.max = 1e6))$random
  put(paste("raudenbush1985 level", level, h), "GEN", "REML", D, paste0(',"level":', level, if (h == "knha") ',"hksj":true'), obj(ci = arr(c(r$ci.lb, r$ci.ub)), tau2_ci = arr(c[1, 2:3]), I2_ci = arr(c[3, 2:3]), H2_ci = arr(c[4, 2:3])))
}
r <- fit(d$yi, d$vi, "REML"); df <- r$k - 1
put("raudenbush1985 i2", "GEN", "REML", D, ',"i2":"q"', obj(tau2 = num(r$tau2), I2 = num(max(0, 100 * (r$QE - df) / r$QE)), H2 = num(r$QE / df)))
for (e in c("L0", "R0")) for (s in c("left", "right")) for (m in c("EE", "DL", "REML")) {
  t <- try(trimfill(fit(d$yi, d$vi, m), estimator = e, side = s, control = tight), silent = TRUE)
  if (!inherits(t, "try-error")) put(paste("raudenbush1985 trimfill", e, s, m), "GEN", m, D, paste0(',"trim_fill":"', e, '","side":"', s, '"'), obj(k0 = num(t$k0), se_k0 = num(t$se.k0), side = q(t$side), tf_est = arr(c(t$beta, t$ci.lb, t$ci.ub))))
}
d <- data.frame(xi = dat.pritz1997$xi, ni = dat.pritz1997$ni); D <- rows(d); es <- escalc("PFT", xi = xi, ni = ni, data = d)
for (p in c("sei", "vi", "ni", "ninv", "sqrtni", "sqrtninv")) for (m in c("EE", "DL")) {
  x <- switch(p, sei = sqrt(es$vi), vi = es$vi, ni = d$ni, ninv = 1 / d$ni, sqrtni = sqrt(d$ni), sqrtninv = 1 / sqrt(d$ni))
  w <- rma(es$yi, es$vi, mods = x, method = m); l <- coef(summary(lm(es$yi ~ x, weights = 1 / es$vi)))
  put(paste("pritz1997 egger", p, m), "PFT", m, D, paste0(',"egger":true,"egger_predictor":"', p, '"'), obj(egger_rma_z = num(w$zval[2]), egger_rma_p = num(w$pval[2]), egger_lm_t = num(l[2, 3]), egger_lm_p = num(l[2, 4])))
}
r <- fit(es$yi, es$vi, "DL")
for (n in c("harmonic", "arithmetic", "geometric", "variance")) {
  by <- switch(n, harmonic = 1 / mean(1 / d$ni), arithmetic = mean(d$ni), geometric = exp(mean(log(d$ni))), variance = 1 / (4 * r$se^2) - 0.5)
  put(paste("pritz1997 pft", n), "PFT", "DL", D, paste0(',"pft_n":"', n, '"'), obj(prop = arr(sapply(c(r$beta, r$ci.lb, r$ci.ub), function(x) transf.ipft(x, ni = by)))))
}
d <- data.frame(yi = rep(0.4, 5), vi = c(0.1, 0.2, 0.1, 0.3, 0.05)); D <- rows(d)
for (m in c("DL", "HE", "HS", "SJ", "ML", "REML", "EB", "PM")) for (h in c("z", "knha", "adhoc")) {
  r <- fit(d$yi, d$vi, m, test = h)
  put(paste("identical effects", m, h), "GEN", m, D, switch(h, z = "", knha = ',"hksj":true', adhoc = ',"hksj":"adhoc"'), obj(est = num(r$beta), se = num(r$se), ci = arr(c(r$ci.lb, r$ci.ub)), p = num(r$pval), Q = num(0), tau2 = num(0)))
}
writeLines(requests, "conventions.requests.ndjson"); writeLines(expected, "conventions.expected.ndjson")
cat(length(requests), "requests\n")
