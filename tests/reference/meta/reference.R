# Reference results for igloop meta, from metafor on data sets that come with metadat and on small tables made here.
# Writes requests.ndjson (one request a line, as 'igloop meta --ndjson' reads them) and expected.ndjson (one result a line, in the same order).
# Run: Rscript reference.R   (R 4.2.2, metafor 3.8-1, metadat 1.2-0 made the files that are stored here)
suppressMessages(library(metafor))
# As tight as the Fisher scoring of each set allows; tests of boundary values allow for the rest.
tight <- function(t) list(threshold = t, maxiter = 10000, tau2.max = 1e7, tol = 1e-13)
rma <- function(...) {
  call <- match.call(expand.dots = TRUE); call[[1]] <- quote(metafor::rma); frame <- parent.frame()
  for (t in c(1e-13, 1e-11, 1e-9, 1e-7)) { call$control <- tight(t); r <- try(suppressWarnings(eval(call, frame)), silent = TRUE); if (!inherits(r, "try-error")) return(r) }
  stop(r)
}
requests <- character(); expected <- character()
num <- function(x) ifelse(is.na(x) | is.nan(x) | is.infinite(x), "null", formatC(x, digits = 15, format = "g", width = 1))
arr <- function(x) paste0("[", paste(num(x), collapse = ","), "]")
q <- function(s) paste0('"', gsub('"', "'", s), '"')
obj <- function(...) { v <- list(...); v <- v[!sapply(v, is.null)]; paste0("{", paste0(q(names(v)), ":", unlist(v), collapse = ","), "}") }
rows <- function(d) { d$study <- NULL; paste0("[", paste(apply(d, 1, function(r) paste0("{", paste0(q(names(d)), ":", num(as.numeric(r)), collapse = ","), "}")), collapse = ","), "]") }
put <- function(id, measure, method, data, options, result) {
  requests <<- c(requests, obj(id = q(id), measure = q(measure), method = q(method), data = rows(data), options = options))
  expected <<- c(expected, sub("{", paste0('{"id":', q(id), ","), result, fixed = TRUE))
}
base <- function(r, random) obj(est = num(c(r$beta)), se = num(r$se), ci = arr(c(r$ci.lb, r$ci.ub)), stat = num(r$zval), p = num(r$pval), Q = num(r$QE), Qp = num(r$QEp), I2 = num(r$I2), H2 = num(r$H2),
  tau2 = if (random) num(r$tau2) else NULL, pi = if (random) { p <- predict(r); arr(c(p$pi.lb, p$pi.ub)) } else NULL)
methods <- c("EE", "DL", "HE", "HS", "SJ", "ML", "REML", "EB", "PM")
everything <- function(id, measure, data, options, es, side = NULL) {
  es <- es[!is.na(es$yi), ]
  for (m in methods) for (test in c("z", "knha", "adhoc")) {
    if (m == "EE" && test != "z") next
    r <- try(suppressWarnings(rma(yi, vi, data = es, method = m, test = test)), silent = TRUE)
    if (inherits(r, "try-error")) { message(id, " ", m, ": ", r); next }
    o <- paste0(options, if (test == "knha") ',"hksj":true' else if (test == "adhoc") ',"hksj":"adhoc"' else "")
    put(paste(id, m, test), measure, m, data, paste0("{", sub("^,", "", o), "}"), base(r, m != "EE"))
  }
  r <- suppressWarnings(rma(yi, vi, data = es, method = "REML"))
  if (nrow(es) > 2) {
    ci <- confint(r, control = list(tol = 1e-12, tau2.max = 1e6))$random
    eg <- regtest(r); lm <- regtest(r, model = "lm"); bg <- suppressWarnings(ranktest(r)); inf <- influence(r)
    l1 <- leave1out(r); cu <- cumul(r)
    res <- obj(tau2_ci = arr(ci[1, 2:3]), I2_ci = arr(ci[3, 2:3]), egger_rma_z = num(eg$zval), egger_rma_p = num(eg$pval), egger_limit = arr(c(eg$est, eg$ci.lb, eg$ci.ub)),
      egger_lm_t = num(lm$zval), egger_lm_df = num(lm$dfs), egger_lm_p = num(lm$pval), begg_tau = num(bg$tau), begg_p = num(bg$pval),
      leave1out_est = arr(l1$estimate), leave1out_tau2 = arr(l1$tau2), rstudent = arr(inf$inf$rstudent), cooks_d = arr(inf$inf$cook.d), weights = arr(weights(r)), cumulative_est = arr(cu$estimate))
    put(paste(id, "extras"), measure, "REML", data, paste0("{", sub("^,", "", paste0(options, ',"tau2_ci":true,"egger":true,"begg":true,"leave_one_out":true,"influence":true,"studies":true,"cumulative":true')), "}"), res)
    for (e in c("L0", "R0")) {
      tf <- try(suppressWarnings(trimfill(r, estimator = e, control = r$control)), silent = TRUE)
      if (!inherits(tf, "try-error")) put(paste(id, "trimfill", e), measure, "REML", data, paste0("{", sub("^,", "", paste0(options, ',"trim_fill":"', e, '"')), "}"),
        obj(k0 = num(tf$k0), se_k0 = num(tf$se.k0), side = q(tf$side), p_k0 = num(tf$p.k0), tf_est = arr(c(tf$beta, tf$ci.lb, tf$ci.ub)), tf_tau2 = num(tf$tau2)))
    }
  }
}
tables <- function(id, d, ms = c("OR", "RR", "RD")) {
  d <- data.frame(ai = d$ai, n1 = d$n1, ci = d$ci, n2 = d$n2)
  for (measure in ms) {
    drop <- measure != "RD"
    es <- escalc(measure, ai = ai, n1i = n1, ci = ci, n2i = n2, data = d, drop00 = drop)
    everything(paste(id, measure), measure, d, "", es)
    m <- suppressWarnings(rma.mh(ai = ai, n1i = n1, ci = ci, n2i = n2, data = d, measure = measure, drop00 = c(drop, FALSE)))
    put(paste(id, measure, "MH"), measure, "MH", d, "{}", base(m, FALSE))
    m <- suppressWarnings(rma.mh(ai = ai, n1i = n1, ci = ci, n2i = n2, data = d, measure = measure, add = c(.5, .5), to = c("only0", "only0"), drop00 = c(drop, drop)))
    put(paste(id, measure, "MH RevMan"), measure, "MH", d, '{"zero_cells":"revman"}', base(m, FALSE))
  }
  p <- suppressWarnings(rma.peto(ai = ai, n1i = n1, ci = ci, n2i = n2, data = d, drop00 = c(TRUE, FALSE)))
  put(paste(id, "Peto"), "OR", "PETO", d, "{}", base(p, FALSE))
}
with(dat.bcg, tables("bcg", data.frame(ai = tpos, n1 = tpos + tneg, ci = cpos, n2 = cpos + cneg)))
with(dat.li2007, tables("li2007", data.frame(ai = ai, n1 = n1i, ci = ci, n2 = n2i)))
with(dat.nielweise2007, tables("nielweise2007", data.frame(ai = ai, n1 = n1i, ci = ci, n2 = n2i)))
with(dat.collins1985a, tables("collins1985a", na.omit(data.frame(ai = b.xti, n1 = nti, ci = b.xci, n2 = nci))))
means <- function(id, d) {
  d <- na.omit(data.frame(m1 = d$m1i, sd1 = d$sd1i, n1 = d$n1i, m2 = d$m2i, sd2 = d$sd2i, n2 = d$n2i))
  es <- function(m, v = "LS") escalc(m, m1i = m1, sd1i = sd1, n1i = n1, m2i = m2, sd2i = sd2, n2i = n2, data = d, vtype = v)
  everything(paste(id, "MD"), "MD", d, "", es("MD"))
  everything(paste(id, "MD pooled"), "MD", d, ',"variance":"pooled"', es("MD", "HO"))
  everything(paste(id, "SMD"), "SMD", d, "", es("SMD"))
  for (v in c("UB", "LS2", "AV")) everything(paste(id, "SMD", v), "SMD", d, paste0(',"variance":"', tolower(v), '"'), es("SMD", v))
}
means("normand1999", dat.normand1999)
means("senn2013 pairs", data.frame(m1i = c(-1.2, -.9, -1.7, -.3), sd1i = c(1.1, 1.4, .9, 2), n1i = c(12, 30, 9, 55), m2i = c(-.1, .1, -.4, -.2), sd2i = c(1, 1.3, 1.2, 1.8), n2i = c(11, 28, 12, 50)))
props <- function(id, d) for (m in c("PLO", "PFT", "PAS", "PR")) everything(paste(id, m), m, d, "", escalc(m, xi = xi, ni = ni, data = d))
props("pritz1997", data.frame(xi = dat.pritz1997$xi, ni = dat.pritz1997$ni))
props("debruin2009-like", data.frame(xi = c(0, 3, 12, 20, 7), ni = c(9, 17, 40, 20, 21)))
ready <- function(id, d) everything(id, "GEN", d, "", escalc(measure = "GEN", yi = d$yi, vi = d$vi))
ready("hackshaw1998", data.frame(yi = dat.hackshaw1998$yi, vi = dat.hackshaw1998$vi))
ready("raudenbush1985", data.frame(yi = dat.raudenbush1985$yi, vi = dat.raudenbush1985$vi))
set.seed(4)
for (i in 1:12) {
  k <- c(2, 3, 4, 6, 10, 15, 20, 30, 12, 5, 8, 2)[i]; tau2 <- c(0, .05, 1, 25, 0, .3, .01, 2, .1, 400, 0, 9)[i]
  vi <- round(rchisq(k, 3) / 10 + .02, 6); yi <- round(rnorm(k, .3, sqrt(vi + tau2)), 6)
  ready(paste("made", i), data.frame(yi = yi, vi = vi))
}
for (i in 1:5) {
  k <- c(3, 6, 9, 14, 2)[i]; n1 <- sample(8:90, k, TRUE); n2 <- sample(8:90, k, TRUE); risk <- c(.02, .04, .3, .95, .2)[i]
  tables(paste("made tables", i), data.frame(ai = rbinom(k, n1, risk), n1 = n1, ci = rbinom(k, n2, min(.99, risk * 1.2)), n2 = n2))
}
# Meta-regression and subgroups
es <- escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
d <- data.frame(ai = dat.bcg$tpos, n1 = dat.bcg$tpos + dat.bcg$tneg, ci = dat.bcg$cpos, n2 = dat.bcg$cpos + dat.bcg$cneg, ablat = dat.bcg$ablat, year = dat.bcg$year)
for (m in methods) for (test in c("z", "knha")) {
  if (m == "EE" && test != "z") next
  r <- suppressWarnings(rma(yi, vi, mods = ~ ablat + year, data = es, method = m, test = test))
  put(paste("bcg metareg", m, test), "RR", m, d, paste0('{"moderators":["ablat","year"]', if (test == "knha") ',"hksj":true' else "", "}"),
    obj(mr_est = arr(c(r$beta)), mr_se = arr(r$se), mr_tau2 = if (m == "EE") NULL else num(r$tau2), QE = num(r$QE), QM = num(r$QM), QMp = num(r$QMp), R2 = if (m == "EE") NULL else num(r$R2)))
}
kind <- as.integer(factor(dat.bcg$alloc)); ds <- cbind(d[, 1:4], subgroup = kind)
parts <- lapply(1:3, function(g) { some <- es[kind == g, ]; rma(yi, vi, data = some) })
between <- rma(sapply(parts, function(x) c(x$beta)), sei = sapply(parts, function(x) x$se), method = "EE")
ord <- unique(kind)
put("bcg subgroups separate", "RR", "REML", ds, '{"subgroup":"subgroup"}', obj(sub_est = arr(sapply(parts[ord], function(x) c(x$beta))), Q_between = num(between$QE), sub_p = num(between$QEp)))
common <- rma(yi, vi, mods = ~ factor(kind), data = es)
cells <- rma(yi, vi, mods = ~ factor(kind) - 1, data = es)
put("bcg subgroups common", "RR", "REML", ds, '{"subgroup":"subgroup","subgroup_tau2":"common"}', obj(sub_est = arr(c(cells$beta)[ord]), Q_between = num(common$QM), sub_p = num(common$QMp)))
g <- rma.glmm(measure = "PLO", xi = dat.pritz1997$xi, ni = dat.pritz1997$ni)
put("pritz1997 GLMM", "PLO", "GLMM", data.frame(xi = dat.pritz1997$xi, ni = dat.pritz1997$ni), "{}", obj(glmm = arr(c(g$beta, g$se, g$tau2))))
writeLines(requests, "requests.ndjson"); writeLines(expected, "expected.ndjson")
cat(length(requests), "requests\n")
