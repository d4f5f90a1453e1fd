$diagonal << END
0 0
8.64 8.64
END
$curve0 << END
1 0.484591
2 0.932395
4 1.65713
8 3.13494
END
$curve1 << END
1 0.143338
1.99995 0.39911
3.99999 0.450173
7.99999 0.81281
END
$curve2 << END
1 0.0546799
2 0.167651
4 0.554447
7.99999 0.891807
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 6 linecolor rgb "#56B4E9" linewidth 2 pointtype 6 pointsize 0.8
set style line 7 linecolor rgb "#7F7F7F" linewidth 2 pointtype 4 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set xrange [0:8.64]
set yrange [0:8.64]
set xlabel "Privacy loss ε (upper bound, δ = 10^{-5})\n{/*0.7 example level, add-or-remove-one, everyone, pld accountant}\n{/*0.7 example level, add-or-remove-one, poisson(rate=0.05), pld accountant}"
set ylabel "Audited ε (lower bound)\n{/*0.7 95 % confidence each}"
set key top left Left reverse opaque font ",10" samplen 2.5 spacing 1.15
plot $diagonal using 1:2 with lines linestyle 9 dashtype 2 title "the accountant's upper bound", \
     $curve0 using 1:2 with linespoints linestyle 1 title "all releases of full batches", \
     $curve1 using 1:2 with linespoints linestyle 2 title "all releases of small batches", \
     $curve2 using 1:2 with linespoints linestyle 3 title "final model of few examples"
